// Holds objects against the JSON schemas of Kubernetes: required fields, types, formats. Arguments: the folder of the npm package
// kubernetes-models, and a file with a JSON array. It prints what is wrong, one line each.
const [folder, file] = process.argv.slice(2);
for (const object of JSON.parse(require('fs').readFileSync(file, 'utf8'))) {
  try {
    new (require(`${folder}/${object.apiVersion}`)[object.kind])(object).validate();
  } catch (error) {
    console.log(`${object.kind} ${object.metadata.name}: ${error.message}`.replaceAll('\n', ' '));
  }
}

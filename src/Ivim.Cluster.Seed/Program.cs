using Ivim.Hosting.Nodes;

return await NodeProgram.RunAsync(NodeRoles.Seed, args);

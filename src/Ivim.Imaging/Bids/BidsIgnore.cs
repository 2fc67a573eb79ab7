using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Ivim.Imaging.Bids;

/// <summary>The files that a dataset's .bidsignore takes out of it, in the pattern language of .gitignore.</summary>
public sealed class BidsIgnore
{
    private readonly ImmutableArray<(Regex Pattern, bool IsBack)> _rules;

    private BidsIgnore(IEnumerable<string> lines) => _rules =
    [
        .. lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line[0] == '!' ? (Compiled(line[1..]), true) : (Compiled(line), false)),
    ];

    public static BidsIgnore Of(string root)
    {
        string path = Path.Combine(root, DatasetDescription.IgnoreFileName);
        return new BidsIgnore(File.Exists(path) ? File.ReadLines(path) : []);
    }

    /// <param name="path">Relative to the dataset, of a file.</param>
    public bool Covers(string path)
    {
        bool isCovered = false;
        foreach (var (pattern, isBack) in _rules)
            if (pattern.IsMatch(path)) isCovered = !isBack;
        return isCovered;
    }

    /// <remarks>A pattern with a slash before its end counts from the root, another one in any folder; whatever names
    /// a folder names all in it.</remarks>
    private static Regex Compiled(string pattern)
    {
        string body = pattern.TrimEnd('/');
        bool isRooted = body.Contains('/');
        var regex = new StringBuilder(isRooted ? "^" : "(^|/)");
        body = body.TrimStart('/');
        for (int i = 0; i < body.Length; i++)
        {
            if (body.AsSpan(i).StartsWith("**/"))
            {
                regex.Append("(.*/)?");
                i += 2;
            }
            else if (body.AsSpan(i).StartsWith("**"))
            {
                regex.Append(".*");
                i++;
            }
            else
            {
                regex.Append(body[i] switch { '*' => "[^/]*", '?' => "[^/]", var other => Regex.Escape($"{other}") });
            }
        }
        return new Regex(regex.Append(pattern.EndsWith('/') ? "/" : "(/|$)").ToString(),
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }
}

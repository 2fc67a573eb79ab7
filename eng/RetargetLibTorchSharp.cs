using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Redirects the one symbol that TorchSharp's wrapper takes from GLIBCXX_3.4.32, std::ios_base_library_init(), to
/// std::ios_base::Init::Init(), which every libstdc++ has and which does the same work, and marks the version as weak.
/// Idempotent; writes a new file and renames it, so that a hard-linked package cache stays untouched.
/// </summary>
public class RetargetLibTorchSharp : Task
{
    private const string NewSymbol = "_ZSt21ios_base_library_initv";
    private const string OldSymbol = "_ZNSt8ios_base4InitC1Ev";
    private const int DynamicSymbols = 11;
    private const int VersionNeeds = 0x6ffffffe;
    private const int SymbolVersions = 0x6fffffff;
    private const int SymbolSize = 24;
    private const byte WeakFlag = 2;

    private byte[] _elf;
    private int _symbols, _symbolBytes, _strings, _versions, _needs;

    [Required]
    public string Library { get; set; }

    public override bool Execute()
    {
        _elf = File.ReadAllBytes(Library);
        FindSections();
        int oldIndex = VersionIndex("GLIBCXX_3.4", out _);
        if (VersionIndex("GLIBCXX_3.4.32", out int need) == 0 || oldIndex == 0) return true;
        int redirected = Redirect((ushort)oldIndex);
        if (redirected == 0) return true;
        _elf[need + 4] = WeakFlag;
        _elf[need + 5] = 0;
        var temporary = Library + ".tmp";
        File.WriteAllBytes(temporary, _elf);
        // The size and the time of the original: the next build's copy then sees an unchanged file and leaves it alone.
        File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(Library));
        File.Delete(Library);
        File.Move(temporary, Library);
        Log.LogMessage(MessageImportance.Normal, "retargeted " + Library + " to an older libstdc++");
        return true;
    }

    private int Redirect(ushort oldIndex)
    {
        int redirected = 0;
        for (int i = 0; i < _symbolBytes / SymbolSize; i++)
        {
            int name = Int(_symbols + SymbolSize * i);
            if (Text(name) != NewSymbol) continue;
            Array.Clear(_elf, _strings + name, NewSymbol.Length);
            Encoding.ASCII.GetBytes(OldSymbol, 0, OldSymbol.Length, _elf, _strings + name);
            BitConverter.GetBytes(oldIndex).CopyTo(_elf, _versions + 2 * i);
            redirected++;
        }
        return redirected;
    }

    private void FindSections()
    {
        int table = Long(0x28), size = Short(0x3A), count = Short(0x3C);
        for (int i = 0; i < count; i++)
        {
            int section = table + i * size, offset = Long(section + 24);
            switch (Int(section + 4))
            {
                case DynamicSymbols:
                    _symbols = offset;
                    _symbolBytes = Long(section + 32);
                    _strings = Long(table + Int(section + 40) * size + 24);
                    break;
                case SymbolVersions: _versions = offset; break;
                case VersionNeeds: _needs = offset; break;
            }
        }
    }

    /// <summary>
    /// The index of a version that libstdc++ must have, 0 if it is not asked for, and where its record lies.
    /// </summary>
    private int VersionIndex(string version, out int record)
    {
        for (int library = _needs; ; library += Int(library + 12))
        {
            record = library + Int(library + 8);
            for (int k = 0; k < Short(library + 2); k++, record += Int(record + 12))
            {
                if (Text(Int(library + 4)) == "libstdc++.so.6"
                    && Text(Int(record + 8)) == version) return Short(record + 6);
            }
            if (Int(library + 12) == 0) return 0;
        }
    }

    private int Int(int at) => BitConverter.ToInt32(_elf, at);

    private int Short(int at) => BitConverter.ToUInt16(_elf, at);

    private int Long(int at) => (int)BitConverter.ToInt64(_elf, at);

    private string Text(int name)
    {
        int from = _strings + name, to = from;
        while (_elf[to] != 0) to++;
        return Encoding.ASCII.GetString(_elf, from, to - from);
    }
}

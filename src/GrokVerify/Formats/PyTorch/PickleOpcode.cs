namespace GrokVerify.Formats.PyTorch;

/// <summary>The instructions of a pickle that are read and written here, by the names of CPython's pickletools; and the names of the others, to refuse them.</summary>
internal static class PickleOpcode
{
    public const byte Proto = 0x80;
    public const byte Stop = (byte)'.';
    public const byte Mark = (byte)'(';
    public const byte Pop = (byte)'0';
    public const byte PopMark = (byte)'1';
    public const byte None = (byte)'N';
    public const byte NewTrue = 0x88;
    public const byte NewFalse = 0x89;
    public const byte BinInt1 = (byte)'K';
    public const byte BinInt2 = (byte)'M';
    public const byte BinInt = (byte)'J';
    public const byte Long1 = 0x8a;
    public const byte BinFloat = (byte)'G';
    public const byte BinUnicode = (byte)'X';
    public const byte EmptyList = (byte)']';
    public const byte EmptyDict = (byte)'}';
    public const byte EmptyTuple = (byte)')';
    public const byte Tuple1 = 0x85;
    public const byte Tuple2 = 0x86;
    public const byte Tuple3 = 0x87;
    public const byte Tuple = (byte)'t';
    public const byte Append = (byte)'a';
    public const byte Appends = (byte)'e';
    public const byte SetItem = (byte)'s';
    public const byte SetItems = (byte)'u';
    public const byte Global = (byte)'c';
    public const byte Reduce = (byte)'R';
    public const byte Build = (byte)'b';
    public const byte BinPersId = (byte)'Q';
    public const byte BinPut = (byte)'q';
    public const byte LongBinPut = (byte)'r';
    public const byte BinGet = (byte)'h';
    public const byte LongBinGet = (byte)'j';

    // Objects of classes, read as data; and what protocols 3 to 5 have in place of the above.
    public const byte NewObj = 0x81;
    public const byte NewObjEx = 0x92;
    public const byte BinBytes = (byte)'B';
    public const byte ShortBinBytes = (byte)'C';
    public const byte BinBytes8 = 0x8e;
    public const byte ByteArray8 = 0x96;
    public const byte ShortBinUnicode = 0x8c;
    public const byte BinUnicode8 = 0x8d;
    public const byte EmptySet = 0x8f;
    public const byte AddItems = 0x90;
    public const byte FrozenSet = 0x91;
    public const byte StackGlobal = 0x93;
    public const byte Memoize = 0x94;
    public const byte Frame = 0x95;

    private static readonly Dictionary<byte, string> Refused = new()
    {
        [(byte)'o'] = "OBJ (an object of a class)",
        [(byte)'i'] = "INST (an object of a class)",
        [(byte)'P'] = "PERSID",
        [(byte)'U'] = "SHORT_BINSTRING (a string of Python 2)",
        [(byte)'T'] = "BINSTRING (a string of Python 2)",
        [0x8b] = "LONG4 (a whole number of more than 255 bytes)",
        [(byte)'2'] = "DUP",
        [(byte)'l'] = "LIST",
        [(byte)'d'] = "DICT",
        [0x82] = "EXT1",
        [0x83] = "EXT2",
        [0x84] = "EXT4",
        [0x97] = "NEXT_BUFFER (bytes that are not in the file)",
        [0x98] = "READONLY_BUFFER (bytes that are not in the file)",
    };

    public static string Name(byte opcode) => Refused.TryGetValue(opcode, out string? name) ? name : $"0x{opcode:x2}";
}

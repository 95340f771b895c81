namespace OfflineVerify.Engine;

/// <summary>A verified file holds a carriage return.</summary>
internal sealed class VerifiedLineEndingException(string path, string extension) : Exception(
    $"""
    Verified file must use \n line endings, but it contains a \r (carriage return).
    Path: {path}
    The usual cause is git checking the file out with \r\n. Add to .gitattributes:
      *.verified.{extension} text eol=lf working-tree-encoding=UTF-8
    then check the files out again:
      git rm --cached -r .
      git reset --hard
    """);

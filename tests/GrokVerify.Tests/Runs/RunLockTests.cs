using GrokVerify.Formats;
using GrokVerify.Runs;

namespace GrokVerify.Tests.Runs;

[Category("Fast")]
public class RunLockTests : RunFolderTests
{
    [Test]
    public void Who_has_given_up_takes_no_lock_even_if_it_is_free()
    {
        Action take = () => RunLock.Take(Folder, TimeSpan.FromMilliseconds(1), () => { }, new CancellationToken(canceled: true)).Dispose();

        take.Should().Throw<OperationCanceledException>();
        RunLock.IsHeld(Folder).Should().BeFalse("nobody has made the file");
    }

    [Test]
    public void A_lock_where_no_folder_can_be_is_one_clear_error()
    {
        File.WriteAllText(In("file"), "");

        Action take = () => RunLock.Take(In("file/run"), TimeSpan.FromMilliseconds(1), () => { }, CancellationToken.None).Dispose();

        take.Should().Throw<StorageException>().WithMessage("*run.lock*");
    }
}

using Ivim.Hosting.Security;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Security;

public sealed class ExposureTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1", true)]
    [InlineData("::1", true)]
    [InlineData("localhost", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("10.0.0.7", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("ivim-0.ivim", false)]
    [InlineData("", false)]
    public void Only_an_address_of_this_machine_is_loopback(string bind, bool loopback)
    {
        Assert.Equal(loopback, Exposure.IsLoopback(bind));
        Exposure.Require(bind, hasTls: true, insecure: false);
        Exposure.Require(bind, hasTls: false, insecure: true);
        if (loopback) Exposure.Require(bind, hasTls: false, insecure: false);
        else Assert.Equal("TLS-REQUIRED",
            Assert.Throws<RefusalException>(() => Exposure.Require(bind, hasTls: false, insecure: false)).Code);
    }
}

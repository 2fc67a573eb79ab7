namespace Ivim.Learning.Tests;
public class LoadTests
{
    [Fact]
    public void Torch_loads() => Assert.Equal(2f, (TorchSharp.torch.ones(1) + 1).item<float>());
}

using Ivim.Hosting.Journals;
using Ivim.Physics;

namespace Ivim.Hosting.Tests.Journals;

public sealed class JournalAddressTests
{
    [Fact]
    public void Punctuation_in_a_password_is_written_as_percent_codes()
    {
        var journal = JournalAddress.Parse("postgres://iv%20im:p%40ss%3Aw%2Frd%25%22%5C@db.example:6543/a%2Fb");

        Assert.Contains("Host=db.example;", journal.Hocon, StringComparison.Ordinal);
        Assert.Contains("Port=6543;", journal.Hocon, StringComparison.Ordinal);
        Assert.Contains("Database=a/b;", journal.Hocon, StringComparison.Ordinal);
        var read = new Npgsql.NpgsqlConnectionStringBuilder(
            Akka.Configuration.ConfigurationFactory.ParseString(journal.Hocon)
                .GetString("akka.persistence.journal.sql.connection-string"));
        Assert.Equal("p@ss:w/rd%\"\\", read.Password);
        Assert.Equal("iv im", read.Username);
    }

    [Fact]
    public void A_hanging_database_is_given_up_before_the_circuit_breaker_gives_the_call_up()
    {
        var config = Akka.Configuration.ConfigurationFactory.ParseString(
            JournalAddress.Parse("postgresql://ivim@db/ivim?sslmode=verify-full&pool=7").Hocon);
        var connection = new Npgsql.NpgsqlConnectionStringBuilder(
            config.GetString("akka.persistence.journal.sql.connection-string"));
        var breaker = config.GetTimeSpan("akka.persistence.journal.sql.circuit-breaker.call-timeout");

        Assert.True(TimeSpan.FromSeconds(connection.CommandTimeout)
            + TimeSpan.FromMilliseconds(connection.CancellationTimeout) < breaker);
        Assert.True(TimeSpan.FromSeconds(connection.Timeout) < breaker);
        Assert.Equal(7, connection.MaxPoolSize);
        Assert.Equal(Npgsql.SslMode.VerifyFull, connection.SslMode);
        Assert.Equal(5432, connection.Port);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mysql://u@h/d")]
    [InlineData("postgres://h/d")]
    [InlineData("postgres://u@h")]
    [InlineData("postgres://u@h/")]
    [InlineData("postgres://u@/d")]
    [InlineData("postgres://u:secret@h/d?sslmode=maybe")]
    [InlineData("postgres://u:secret@h/d?pool=1")]
    [InlineData("postgres://u:secret@h/d?options=-c")]
    [InlineData("postgres://u:p@ss:w/rd@h/d")]
    public void An_address_that_cannot_be_meant_is_refused_without_being_repeated(string address)
    {
        var refusal = Assert.Throws<RefusalException>(() => JournalAddress.Parse(address));

        Assert.Equal("JOURNAL-ADDRESS", refusal.Code);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://u:p@h/d", true)]
    [InlineData("postgres://u@h/d", false)]
    [InlineData("/var/lib/ivim/journal.db", false)]
    [InlineData("a:b.db", false)]
    public void An_address_with_a_password_is_told_from_one_without(string address, bool holds) =>
        Assert.Equal(holds, JournalAddress.HoldsPassword(address));

}

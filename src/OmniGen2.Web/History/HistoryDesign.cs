using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace OmniGen2.Web.History;

/// <summary>Lets `dotnet ef` see the model without starting the studio.</summary>
internal sealed class HistoryDesign : IDesignTimeDbContextFactory<HistoryDb>
{
    public HistoryDb CreateDbContext(string[] args)
    {
        SqliteLibrary.Use();
        return new HistoryDb(new DbContextOptionsBuilder<HistoryDb>().UseSqlite("Data Source=:memory:").Options);
    }
}

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OmniGen2.Web.Team;

namespace OmniGen2.Web.History;

/// <summary>People, how they come in, what they share and say. <see cref="PersonRow"/>s are <c>Users</c>, as Identity calls them.</summary>
public sealed partial class HistoryDb
{
    public DbSet<InvitationRow> Invitations => Set<InvitationRow>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    public DbSet<ShareRow> Shares => Set<ShareRow>();

    public DbSet<RemarkRow> Remarks => Set<RemarkRow>();

    public DbSet<ReactionRow> Reactions => Set<ReactionRow>();

    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    private static void MapTeam(ModelBuilder model)
    {
        model.Entity<PersonRow>().ToTable("People");
        model.Entity<IdentityUserClaim<string>>().ToTable("PersonClaims");
        model.Entity<IdentityUserLogin<string>>().ToTable("PersonLogins");
        model.Entity<IdentityUserToken<string>>().ToTable("PersonTokens");
        model.Entity<InvitationRow>().HasIndex(x => x.TokenHash).IsUnique();
        model.Entity<SessionRow>().HasIndex(x => x.PersonId);
        model.Entity<ApiKeyRow>().HasIndex(x => x.KeyHash).IsUnique();
        model.Entity<ApiKeyRow>().HasIndex(x => x.PersonId);
        model.Entity<ShareRow>().HasIndex(x => x.SubjectId);
        model.Entity<ShareRow>().HasIndex(x => x.TokenHash).IsUnique();
        model.Entity<RemarkRow>().HasIndex(x => new { x.PictureId, x.CreatedAt });
        model.Entity<ReactionRow>().HasKey(x => new { x.PictureId, x.PersonId, x.Kind });
        model.Entity<NoticeRow>().HasIndex(x => new { x.PersonId, x.ReadAt, x.CreatedAt });
        model.Entity<AuditRow>().HasIndex(x => x.At);
        model.Entity<PictureRow>().HasIndex(x => x.Owner);
        model.Entity<ThreadRow>().HasIndex(x => x.Owner);
        model.Entity<BoardRow>().HasIndex(x => x.Owner);
        model.Entity<JobRow>().HasIndex(x => new { x.Owner, x.FinishedAt });
    }
}

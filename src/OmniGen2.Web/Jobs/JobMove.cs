namespace OmniGen2.Web.Jobs;

/// <summary>Where a waiting job goes among the jobs of its owner. The pictures of a batch go together.</summary>
public enum JobMove
{
    Up,
    Down,
    First,
    Last,

    /// <summary>Before the work of everybody else too; for who looks after the queue.</summary>
    BeforeAll,
}

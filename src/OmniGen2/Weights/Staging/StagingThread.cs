using System.Collections.Concurrent;

namespace OmniGen2.Weights.Staging;

/// <summary>A thread that reads weights ahead, in the order in which they are asked for. Of its own: the pool's threads may all be busy when the device waits for the next layer.</summary>
internal sealed class StagingThread : IDisposable
{
    private readonly BlockingCollection<Task> _jobs = [];

    private readonly Thread _thread;

    public StagingThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "weight staging" };
        _thread.Start();
    }

    /// <summary>What goes wrong in it is thrown where the task is waited for.</summary>
    public Task Begin(Action job)
    {
        var task = new Task(job);
        _jobs.Add(task);
        return task;
    }

    public void Dispose()
    {
        _jobs.CompleteAdding();
        _thread.Join();
        _jobs.Dispose();
    }

    private void Run()
    {
        foreach (var job in _jobs.GetConsumingEnumerable())
        {
            job.RunSynchronously(TaskScheduler.Default);
        }
    }
}

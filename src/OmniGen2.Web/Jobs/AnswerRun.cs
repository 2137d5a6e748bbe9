using System.Text;

namespace OmniGen2.Web.Jobs;

/// <summary>
/// An answer in the making, advanced by what the model decodes at once. It begins anew after an interruption and overwrites what stood in its
/// message; the same seed brings the same words. When the model answers with a picture, the job goes on as that picture's.
/// </summary>
internal sealed class AnswerRun : IJobRun
{
    private readonly Job _job;
    private readonly AnswerRequest _asked;
    private readonly Guid? _message;
    private readonly IPipeline _pipeline;
    private readonly JobRuns _services;
    private readonly StringBuilder _text = new();
    private IEnumerator<ChatDelta>? _deltas;
    private PictureRun? _picture;
    private bool _isOver;
    private int _quantum;
    private long _saved;

    public AnswerRun(Job job, AnswerRequest asked, IPipeline pipeline, JobRuns services)
    {
        (_job, _asked, _pipeline, _services) = (job, asked, pipeline, services);
        _message = asked.Message;
        _saved = services.Time.GetTimestamp();
        services.Mark(job, 0);
        if (_message is { } message && services.Answers.Find(message)?.PictureId == job.Id)
        {
            _picture = Draw();
        }
    }

    public bool Advance()
    {
        if (_picture is not null)
        {
            return _picture.Advance();
        }

        _deltas ??= _pipeline.Chat(new ChatRequest
        {
            Turns = _services.References.Read(_asked.Turns),
            MaxNewTokens = _asked.MaxNewTokens,
            Temperature = _asked.Temperature,
            Seed = _asked.Seed,
        }).GetEnumerator();
        if (_isOver || !_deltas.MoveNext())
        {
            return false;
        }

        _services.Mark(_job, ++_quantum);
        Take(_deltas.Current);
        return true;
    }

    public JobUpdate Finish()
    {
        if (_picture is not null)
        {
            return _picture.Finish();
        }

        var text = _text.ToString();
        Write(text);
        if (_asked.Describes is { } picture && PromptWriter.FaultOf(text) is null)
        {
            _services.Unless(_job, "The description", () => _services.Images.Describe(picture, text.Trim(), _job.Owner));
        }

        return new JobUpdate.Answered(text);
    }

    public JobUpdate Stop(bool keep)
    {
        if (_picture is not null)
        {
            return _picture.Stop(keep);
        }

        Write(keep ? _text.ToString() : "");
        return new JobUpdate.Stopped(Kept: keep && _text.Length > 0);
    }

    public void Save()
    {
        _saved = _services.Time.GetTimestamp();
        if (_picture is not null)
        {
            _picture.Save();
        }
        else
        {
            _services.Unless(_job, "The answer so far", () => Write(_text.ToString()));
        }
    }

    public void Dispose()
    {
        _deltas?.Dispose();
        _picture?.Dispose();
    }

    private void Take(ChatDelta delta)
    {
        switch (delta)
        {
            case ChatDelta.Text text:
                _text.Append(text.Value);
                _job.Publish(new JobUpdate.Answering(_text.ToString()));
                if (_services.Time.GetElapsedTime(_saved) >= _services.SaveEvery)
                {
                    Save();
                }

                break;
            case ChatDelta.Finished finished:
                _job.Tokens = new AnswerTokens(finished.PromptTokens, finished.NewTokens, IsCut: finished.Reason == "length");
                break;
            case ChatDelta.ImageRequested when _asked.Drawing is null:
                _isOver = true;
                break;
            case ChatDelta.ImageRequested:
                if (_message is { } message)
                {
                    _services.Answers.Becomes(message, _job.Id);
                }

                _deltas?.Dispose();
                _picture = Draw();
                break;
        }
    }

    private void Write(string text)
    {
        if (_message is { } message)
        {
            _services.Answers.Write(message, text);
        }
    }

    private PictureRun Draw() => new(_job, _asked.ToPicture(), _pipeline, _services);
}

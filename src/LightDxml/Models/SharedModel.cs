namespace LightDxml.Models;

/// <summary>A model that calls may still be using when it is disposed: the last of them closes it.</summary>
internal sealed class SharedModel(StoredModel model) : IDisposable
{
    // Calls under way, and one for the owner; 0 once the model is closed.
    private int _users = 1;
    private int _disposed;

    /// <summary>The model, for calls between <see cref="Enter"/> and <see cref="Exit"/>.</summary>
    public StoredModel Model => model;

    /// <summary>Whether the owner or a call holds the model.</summary>
    public bool IsOpen => Volatile.Read(ref _users) > 0;

    /// <exception cref="ObjectDisposedException">The owner disposed it.</exception>
    public void Enter()
    {
        // A call that comes with the last reference's end must not revive the model.
        for (var users = Volatile.Read(ref _users); ; users = Volatile.Read(ref _users))
        {
            ObjectDisposedException.ThrowIf(users == 0 || Volatile.Read(ref _disposed) != 0, this);
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
                return;
        }
    }

    /// <summary>As <see cref="Enter"/>, for one who is in already: it cannot fail, whoever disposes the model.</summary>
    public void EnterAgain() => Interlocked.Increment(ref _users);

    public void Exit()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            model.Dispose();
    }

    /// <summary>Works with the model, which stays open until the work ends.</summary>
    /// <exception cref="ObjectDisposedException">The owner disposed it.</exception>
    public TResult Use<TResult>(Func<StoredModel, TResult> work)
    {
        Enter();
        try
        {
            return work(model);
        }
        finally
        {
            Exit();
        }
    }

    /// <inheritdoc cref="Use{TResult}"/>
    public void Use(Action<StoredModel> work) => Use(model =>
    {
        work(model);
        return true;
    });

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            Exit();
    }
}

/**
 * Does what is ready for many requests in one go, once everything that came in with them was read. To send an answer
 * wakes the process that waits for it, which is the dearest part of sending it; while one is being woken, the answers
 * that follow find it awake.
 */
export class Batch<Task> {
  private waiting: Task[] = [];

  /** @param work must not throw */
  constructor(private readonly work: (task: Task) => void) {}

  /** In this same turn of the event loop, after its input and before its timers. */
  add(task: Task): void {
    if (this.waiting.push(task) === 1) setImmediate(this.run);
  }

  private readonly run = (): void => {
    const { waiting } = this;
    this.waiting = [];
    for (const task of waiting) this.work(task);
  };
}

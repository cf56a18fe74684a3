// A lock between processes, as a file that names its holder: see bootstrap.mjs.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';

const STALE_LOCK_MS = 120_000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const read = (file) => fs.readFileSync(file, 'utf8');
const readOrEmpty = (file) => (fs.existsSync(file) ? read(file) : '');

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The lock appears with its holder's number in it at once: written aside, then linked. */
function claim(lock, token) {
  const draft = `${lock}.${token}`;
  fs.writeFileSync(draft, `${token} ${os.hostname()} ${process.pid}`);
  try {
    fs.linkSync(draft, lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

function evictDeadHolder(lock) {
  let holder;
  let age;
  try {
    holder = read(lock);
    age = Date.now() - fs.statSync(lock).mtimeMs;
  } catch {
    return;
  }
  // The second number is the tool's that the holder runs: it may outlive a holder that was killed.
  const [, host, pid, tool] = holder.split(' ');
  const alive = (number) => number > 0 && number !== process.pid && isAlive(number);
  const gone = host === os.hostname() && !alive(Number(pid)) && !alive(Number(tool));
  if (!gone && age < STALE_LOCK_MS) return;
  const aside = `${lock}.${randomUUID()}`;
  try {
    fs.renameSync(lock, aside);
    // Somebody else may have evicted it before us, and this is a living holder's by now.
    if (read(aside) !== holder) fs.linkSync(aside, lock);
  } catch {
    // Gone already, or taken again: the next round will see.
  }
  fs.rmSync(aside, { force: true });
}

/**
 * Runs the work while no other process has the lock.
 *
 * @param onWait called once if another process has it
 * @param work takes a function that notes the process of a tool in the lock
 */
export async function withLock(lock, onWait, work) {
  const token = randomUUID();
  for (let reported = false; !claim(lock, token); reported = true) {
    if (!reported) onWait();
    evictDeadHolder(lock);
    await pause(100);
  }
  const beat = setInterval(() => {
    fs.utimes(lock, new Date(), new Date(), () => undefined);
  }, 5_000);
  try {
    return await work((tool) => fs.appendFileSync(lock, ` ${tool.pid}`));
  } finally {
    clearInterval(beat);
    if (readOrEmpty(lock).startsWith(token)) fs.rmSync(lock, { force: true });
  }
}

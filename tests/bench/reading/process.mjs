import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';

const CAN_PIN = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Server and load have a core each, so that neither takes time from the other. */
export const PINNED = CAN_PIN ? 'server on core 0, load on core 1' : 'not bound to cores';

/** A Node process of its own on that core; it ends with us. */
export function startNode(core, args, options) {
  const command = [process.execPath, ...args];
  if (CAN_PIN) command.unshift('taskset', '-c', String(core));
  const [file, ...rest] = command;
  const child = spawn(file, rest, options);
  const stop = () => child.kill();
  process.once('exit', stop);
  child.once('exit', () => process.off('exit', stop));
  return child;
}

export async function stopNode(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** The peak memory of a process, in MB; null where the system does not report it. */
export function peakMemory(pid) {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readProc(pid, 'status'))?.[1];
  return peak === undefined ? null : Math.round(Number(peak) / 1024);
}

/** Seconds that a process has computed for, in its own code and in the kernel. */
export function cpuSeconds(pid) {
  const fields = readProc(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

import { readFileSync } from 'node:fs';

import { readDemoReleases, readDemoTopics } from './demo-release.js';
import type { DemoRelease, DemoTopic } from './demo-release.js';

const FOLDER = new URL('../../demo/', import.meta.url);

/** File names in demo/releases/, in order of publication. demo/README.md describes what each one shows. */
const FILES = [9001, 9002, 9003, 9008, 9005, 9006, 9009, 9010, 9004, 9011, 9012, 9007, 9013];

export function demoReleases(): DemoRelease[] {
  return readDemoReleases(FILES.map((name) => jsonIn(`releases/${name}.json`)));
}

export function demoTopics(): DemoTopic[] {
  return readDemoTopics(jsonIn('topics.json'));
}

function jsonIn(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));
}

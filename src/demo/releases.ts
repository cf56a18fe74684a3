import roundtable from './content/9001.json' with { type: 'json' };
import schoolDrill from './content/9002.json' with { type: 'json' };
import scholarships from './content/9003.json' with { type: 'json' };
import advisory from './content/9004.json' with { type: 'json' };
import coffeeRust from './content/9005.json' with { type: 'json' };
import ports from './content/9006.json' with { type: 'json' };
import speech from './content/9007.json' with { type: 'json' };
import weavers from './content/9008.json' with { type: 'json' };
import healthWorkers from './content/9009.json' with { type: 'json' };
import entrepreneurs from './content/9010.json' with { type: 'json' };
import civilRegistry from './content/9011.json' with { type: 'json' };
import suriname from './content/9012.json' with { type: 'json' };
import draft from './content/9013.json' with { type: 'json' };
import topics from './topics.json' with { type: 'json' };
import { readDemoReleases, readDemoTopics } from './demo-release.js';
import type { DemoRelease, DemoTopic } from './demo-release.js';

/** The demonstration releases, in the order in which they came out. See README.md for what each shows. */
export function demoReleases(): DemoRelease[] {
  return readDemoReleases([
    roundtable,
    schoolDrill,
    scholarships,
    weavers,
    coffeeRust,
    ports,
    healthWorkers,
    entrepreneurs,
    advisory,
    civilRegistry,
    suriname,
    speech,
    draft,
  ]);
}

export function demoTopics(): DemoTopic[] {
  return readDemoTopics(topics);
}

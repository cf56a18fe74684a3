import { readFile } from 'node:fs/promises';

import { describe, expect, it } from '@jest/globals';

const fileOf = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('the image of the Dockerfile', () => {
  it('has all that the package consists of, the explorer in dist among it', async () => {
    const { files, scripts } = JSON.parse(await fileOf('package.json')) as {
      files: string[];
      scripts: { build: string };
    };
    const [image, ignored] = await Promise.all([fileOf('Dockerfile'), fileOf('.dockerignore')]);
    const lines = image.split('\n');
    expect(lines).toContain('RUN npm run build');
    expect(scripts.build).toContain('build:explorer');
    const copied = lines.flatMap((line) => {
      return /^COPY (?:--from=build \/app\/)?(\S+) \.\/\S+$/.exec(line)?.[1] ?? [];
    });
    expect(copied).toEqual(expect.arrayContaining(files));
    const sources = ['src', 'locales', 'migrations', 'schema'].map((name) => `!${name}`);
    expect(ignored.split('\n')).toEqual(expect.arrayContaining(sources));
  });

  it('requests the embedded database in the trial that it names', async () => {
    const image = await fileOf('Dockerfile');
    expect(image).toContain('NODE_ENV=production');
    expect(image).toContain('docker run -e DATABASE_URL=embedded');
  });
});

import { readConfig, SETTINGS, type SettingName } from './config.js';
import { SETTING_GROUPS, type SettingDescription } from './setting-descriptions.js';

const INTRODUCTION = `# Settings

For those who run the gateway. Settings are environment variables; they are read and checked once, at the start, and all
faults are reported at once. An empty value counts as not set; a setting that has no meaning without another one
(\`METRICS_HOST\` without \`METRICS_PORT\`) is refused. This page is generated from the code by
\`npm run gen:settings\`.
`;

const COLUMNS = ['Setting', 'Default', 'Values', 'Meaning'];

/** docs/settings.md: every setting with its default, its allowed values and its meaning. */
export function settingsDocument(): string {
  const config = readConfig({});
  const defaultOf = ({ default: value }: SettingDescription): string => {
    if (value === undefined) return '–';
    return typeof value === 'string' ? value : code(value(config));
  };
  const sections = Object.entries(SETTING_GROUPS).map(([title, group]) => {
    const rows = Object.entries(group).map(([name, description]) => [
      code(name),
      defaultOf(description),
      code(SETTINGS[name as SettingName].allowed),
      description.text,
    ]);
    return `\n## ${title}\n\n${table([COLUMNS, ...rows])}\n`;
  });
  return [INTRODUCTION, ...sections].join('');
}

function code(value: string | number | boolean): string {
  return `\`${typeof value === 'boolean' ? Number(value) : value}\``;
}

/** Padded as Prettier does. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join(
    '\n',
  );
}

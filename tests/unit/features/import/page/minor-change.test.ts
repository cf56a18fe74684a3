import { describe, expect, it } from '@jest/globals';
import { isMinorChange } from '../../../../../src/features/import/page/minor-change.js';

describe('isMinorChange', () => {
  it.each([
    ['nothing', 'The plan.', 'The plan.'],
    ['an apostrophe', 'Canada´s plan', 'Canada’s plan'],
    ['quotation marks', '"Well," he said', '“Well,” he said'],
    ['guillemets and their spaces', '"Bien"', '«\u00a0Bien\u00a0»'],
    ['white space', 'The  plan\u00a0now', 'The plan now'],
    ['letter case', 'Member States', 'member states'],
    ['punctuation', 'The plan, then', 'The plan; then.'],
    ['dashes', 'policy - and more', 'policy – and more'],
    ['a hyphen for nothing', 'cyber-crime', 'cybercrime'],
    ['a hyphen for a space', 'cyber-crime', 'cyber crime'],
    ['a dash in a span', '2010-2012', '2010–2012'],
    ['dots', 'and so on...', 'and so on…'],
    ['emphasis', 'the *whole* plan', 'the whole plan'],
    ['a hard break', 'one\\\ntwo', 'one two'],
    ['composition', 'cafe\u0301', 'café'],
    ['soft hyphens', 'coop\u00aderation', 'cooperation'],
  ])('MINOR: %s', (_name, before, after) => {
    expect(isMinorChange(before, after)).toBe(true);
    expect(isMinorChange(after, before)).toBe(true);
  });

  it.each([
    ['a word', 'the plan', 'the new plan'],
    ['an accent', 'el ano', 'el año'],
    ['a number', '12 states', '13 states'],
    ['a decimal sign', '1.2 million', '12 million'],
    ['the kind of a sign in a number', '1,200 tons', '1.200 tons'],
    ['a span that became a number', '5-10 days', '510 days'],
    ['a sign', '-5 degrees', '5 degrees'],
    ['a percent sign', '5% of it', '5 of it'],
    ['a currency', '$5 of it', '€5 of it'],
    ['the order', 'Peru and Chile', 'Chile and Peru'],
    ['words joined', 'now here', 'nowhere'],
    ['a link', 'see [it](https://a.example)', 'see [it](https://b.example)'],
    ['a link taken out', 'see [it](https://a.example)', 'see it'],
    ['all of it', 'the plan', ''],
  ])('SUBSTANTIVE: %s', (_name, before, after) => {
    expect(isMinorChange(before, after)).toBe(false);
    expect(isMinorChange(after, before)).toBe(false);
  });
});

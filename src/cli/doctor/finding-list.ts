import { AppError } from '../../kernel/errors.js';
import { namedFault } from '../../platform/db/index.js';
import type { Terminal } from '../terminal.js';
import type { CheckName, Finding, Outcome } from './finding.js';

/** Collects findings in the order in which the checks run. */
export class FindingList {
  readonly findings: Finding[] = [];

  constructor(private readonly terminal: Terminal) {}

  /** Runs a check; an error it throws becomes a finding. */
  async add(check: CheckName, run: () => Outcome | Promise<Outcome>): Promise<Finding> {
    const finding = await this.find(check, run);
    this.findings.push(finding);
    return finding;
  }

  /** Records checks that cannot run because of another finding. */
  skip(checks: readonly CheckName[], cause: CheckName): void {
    const { text } = this.terminal;
    const message = text('cli:doctor.dependsOn', { check: text(`cli:doctor.names.${cause}`) });
    for (const check of checks) {
      this.findings.push({ check, status: 'skipped', reason: null, message });
    }
  }

  private async find(check: CheckName, run: () => Outcome | Promise<Outcome>): Promise<Finding> {
    try {
      const { status, text: key, vars } = await run();
      const message = this.terminal.text(`cli:doctor.${check}.${key}`, vars);
      return { check, status, reason: null, message };
    } catch (error) {
      return { check, status: 'error', ...this.fault(error) };
    }
  }

  private fault(error: unknown): Pick<Finding, 'reason' | 'message'> {
    const { text, fault, details } = this.terminal;
    const named = namedFault(error);
    if (!(named instanceof AppError)) {
      const detail = named.message || named.name;
      return { reason: null, message: text('cli:doctor.failed', { detail }) };
    }
    const detail = details(named);
    const message = detail === null ? fault(named) : `${fault(named)} (${detail})`;
    return { reason: named.reason, message };
  }
}

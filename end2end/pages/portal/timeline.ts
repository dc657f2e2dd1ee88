import type { Portal } from '../portal.ts';

export class Timeline {
  constructor(private readonly portal: Portal) {}

  async open(): Promise<void> {
    await this.portal.go('/timeline', 'Timeline');
  }

  /** What happened and to what, newest first: "Report shared: Boiler repaired". */
  entries(): Promise<string[]> {
    return this.portal.main.locator('.timeline > li').evaluateAll((entries) =>
      entries.map((entry) => `${entry.querySelector('h3')?.textContent?.trim()}: ${entry.querySelector('a')?.textContent?.trim()}`),
    );
  }
}

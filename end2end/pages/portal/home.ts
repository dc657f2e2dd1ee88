import type { Locator } from '@playwright/test';
import type { Portal } from '../portal.ts';

export class Home {
  constructor(private readonly portal: Portal) {}

  async open(): Promise<void> {
    await this.portal.go('/', 'Home');
  }

  /** A row of one of the page's parts, such as "Open requests". */
  row(part: string, text: string): Locator {
    return this.portal.part(part).getByRole('listitem').filter({ hasText: text });
  }
}

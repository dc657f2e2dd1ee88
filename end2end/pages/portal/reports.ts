import type { Locator } from '@playwright/test';
import { download } from '../face.ts';
import type { Portal } from '../portal.ts';

export class Reports {
  constructor(private readonly portal: Portal) {}

  async openList(): Promise<void> {
    await this.portal.go('/reports', 'Reports');
  }

  async open(title: string): Promise<void> {
    await this.openList();
    await this.portal.row(title).getByRole('link').click();
    await this.portal.shown(title);
  }

  file(name: string): Locator {
    return this.portal.main.getByRole('link', { name, exact: true });
  }

  download(name: string): Promise<{ name: string; bytes: Buffer }> {
    return download(this.portal.page, this.file(name));
  }

  pdf(): Promise<{ name: string; bytes: Buffer }> {
    return download(this.portal.page, this.portal.main.getByRole('link', { name: 'Download PDF' }));
  }
}

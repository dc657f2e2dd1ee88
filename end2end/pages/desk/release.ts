import { expect, type Locator } from '@playwright/test';
import type { Desk } from '../desk.ts';

/** Preparing a report's release: the customer's words and files, and a preview of them. */
export class Release {
  constructor(private readonly desk: Desk) {}

  async open(): Promise<void> {
    await this.desk.follow('Prepare release');
    await this.desk.shown('Prepare release');
  }

  async write(words: { title: string; summary: string; message: string }): Promise<void> {
    await this.desk.fill({ 'Portal title': words.title, Summary: words.summary, 'Message (optional)': words.message });
  }

  async shareFile(name: string, publicName: string, caption: string): Promise<void> {
    await this.shareBox(name).check();
    const file = this.desk.main.getByRole('group', { name: 'Files' }).getByRole('listitem').filter({ hasText: name });
    await file.getByLabel('Public name').fill(publicName);
    await file.getByLabel('Caption').fill(caption);
  }

  shareBox(name: string): Locator {
    return this.desk.main.getByRole('checkbox', { name: `Share with the customer ${name}` });
  }

  /** The preview, once it shows what somebody will see. */
  async expectPreview(reader: string, title: string): Promise<void> {
    const preview = this.desk.page.getByRole('complementary', { name: 'Preview' });
    await expect(preview).toContainText(`As ${reader} sees it`);
    await expect(preview.getByRole('heading', { name: title })).toBeVisible();
  }

  /** Publishes, and comes back to the report. */
  async publish(work: string): Promise<void> {
    await this.desk.main.getByRole('checkbox', { name: 'I have decided about every file' }).check();
    await this.desk.press('Publish');
    await this.desk.shown(work, /\/desk\/reports\/[0-9a-f-]+$/);
  }
}

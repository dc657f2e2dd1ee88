import { expect } from '@playwright/test';
import { download } from '../face.ts';
import type { Portal } from '../portal.ts';

export class Appointments {
  constructor(private readonly portal: Portal) {}

  async openList(): Promise<void> {
    await this.portal.go('/appointments', 'Appointments');
  }

  async open(title: string): Promise<void> {
    await this.openList();
    await this.portal.row(title).getByRole('link').first().click();
    await this.portal.shown(title, /\/appointments\/./);
  }

  async openWork(): Promise<void> {
    await this.portal.go('/open-work', 'Open work');
  }

  /** The file for a calendar program, of the appointment that is open. */
  async calendarFile(): Promise<string> {
    const { bytes } = await download(this.portal.page, this.portal.main.getByRole('link', { name: 'Add to calendar' }));
    return bytes.toString().replaceAll('\r\n ', '');
  }

  async suggest(slot: { date: string; from: string; until: string }, message: string): Promise<void> {
    await this.portal.main.locator('summary', { hasText: 'Suggest another time' }).click();
    await this.portal.input('Date').first().fill(slot.date);
    await this.portal.input('From').first().fill(slot.from);
    await this.portal.input('Until').first().fill(slot.until);
    await this.portal.fill({ 'Message to our team': message });
    await this.portal.press('Send suggestion');
    await expect(this.portal.part('Another time')).toContainText('We will answer.');
  }
}

import { expect } from '@playwright/test';
import type { Desk } from '../desk.ts';

/** The numbers of the last weeks. */
export class Overview {
  constructor(private readonly desk: Desk) {}

  async open(): Promise<void> {
    await this.desk.go('/desk/overview', 'Overview');
  }

  /** Opens a figure's table and gives the numbers of its last row. */
  async lastRow(figure: string): Promise<string[]> {
    const part = this.desk.part(figure);
    await part.getByText('As a table').click();
    return (await part.getByRole('row').last().getByRole('cell').allTextContents()).map((text) => text.trim());
  }

  /** Follows a number of the last row of an opened table. */
  async follow(figure: string, column: number, list: string): Promise<void> {
    await this.desk.part(figure).getByRole('row').last().getByRole('cell').nth(column).getByRole('link').click();
    await this.desk.shown(list);
    await expect(this.desk.main.getByRole('listitem').first()).toBeVisible();
  }
}

import { expect, type Locator } from '@playwright/test';
import type { Desk } from '../desk.ts';

export interface Slot {
  date: string;
  from: string;
  until: string;
  team?: string;
}

/** A piece of work and its appointments. */
export class Target {
  constructor(private readonly desk: Desk) {}

  /** Reaches it from its request. */
  async openFromRequest(title: string): Promise<void> {
    await this.desk.main.getByText('Work for this request:').getByRole('link').click();
    await this.desk.shown(title, /\/desk\/targets\/./);
  }

  get appointments(): Locator {
    return this.desk.part('Appointments').getByRole('article');
  }

  async schedule(slot: Slot, share: boolean): Promise<void> {
    const before = await this.appointments.count();
    await this.desk.follow('Schedule visit');
    await this.desk.fill({ Day: slot.date, From: slot.from, Until: slot.until, 'Who goes there': slot.team ?? '' });
    if (share) await this.desk.main.getByRole('checkbox', { name: 'Share with the customer' }).check();
    await this.desk.press('Schedule visit');
    await expect(this.appointments).toHaveCount(before + 1);
  }

  async share(): Promise<void> {
    await this.desk.press('Share with the customer', this.appointments);
    await expect(this.appointments).toContainText('Shared with the customer');
  }

  async move(slot: Slot): Promise<void> {
    await this.desk.follow('Move', this.appointments);
    await this.desk.fill({ Day: slot.date, From: slot.from, Until: slot.until });
    await this.desk.press('Save', this.appointments);
    await expect(this.appointments.locator('.status')).toContainText('Appointment moved');
  }

  /** Moves the appointment to the first time that the customer suggested. */
  async moveToSuggested(): Promise<void> {
    await this.appointments.getByRole('link', { name: /Move to this time/ }).first().click();
    await this.desk.press('Save', this.appointments);
    await expect(this.appointments.locator('.status')).toContainText('Appointment moved');
  }

  async callOff(sentence: string): Promise<void> {
    await this.desk.follow('Cancel appointment', this.appointments);
    await this.desk.fill({ 'Sentence for the customer': sentence });
    await this.desk.press('Cancel appointment', this.appointments);
    await expect(this.appointments.locator('.status')).toContainText('Appointment cancelled');
  }

  async visitDone(visit: { technician: string; arrived: string; left: string; note: string }): Promise<void> {
    await this.desk.follow('Visit done', this.appointments);
    await this.desk.fill({
      Technician: visit.technician,
      Arrived: visit.arrived,
      Left: visit.left,
      'Internal note about the visit': visit.note,
    });
    await this.desk.press('Visit done', this.appointments);
    await expect(this.appointments.locator('.status')).toContainText('Visit completed');
  }

  /** Begins the report about the visit, and goes there. */
  async writeReport(title: string): Promise<void> {
    await this.desk.press('Write report', this.appointments);
    await this.desk.shown(title, /\/desk\/reports\/./);
  }

  async finish(): Promise<void> {
    await this.desk.press('Finish work');
    await expect(this.desk.part('Next step').locator('.status')).toContainText('Done');
  }
}

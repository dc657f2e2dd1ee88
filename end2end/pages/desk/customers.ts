import { expect } from '@playwright/test';
import type { Desk } from '../desk.ts';

export interface Location {
  name: string;
  street: string;
  postalCode: string;
  city: string;
  zone: string;
}

/** The customers, and one customer's page with its locations and people. */
export class Customers {
  constructor(private readonly desk: Desk) {}

  async openList(): Promise<void> {
    await this.desk.go('/desk/customers', 'Customers');
  }

  async open(name: string): Promise<void> {
    await this.desk.go(`/desk/customers?q=${encodeURIComponent(name)}`, 'Customers');
    await this.desk.row(name).getByRole('link').first().click();
    await this.desk.shown(name);
  }

  async add(name: string, kind: string, note = ''): Promise<void> {
    await this.openList();
    await this.desk.follow('Add customer');
    await this.desk.input('Kind').selectOption({ label: kind });
    await this.desk.fill({ Name: name, 'Internal note': note });
    await this.desk.press('Add customer');
    await this.desk.shown(name);
  }

  async addLocation(location: Location): Promise<void> {
    await this.desk.follow('Add location');
    await this.desk.fill({
      Name: location.name,
      'Street and number': location.street,
      'Postal code': location.postalCode,
      City: location.city,
      'Time zone': location.zone,
    });
    await this.desk.press('Add location');
    await expect(this.desk.part('Locations').getByRole('listitem').filter({ hasText: location.name })).toContainText(location.zone);
  }
}

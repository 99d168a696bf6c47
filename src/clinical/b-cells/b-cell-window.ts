import { addMonthsClamped, daysBetween, type PartialDate } from '../../core/partial-date.ts';

/** What "within 6 months" may mean (clinical specification 3.4); all ends are inclusive. */
export const SIX_MONTH_WINDOWS = ['M6_D183', 'M6_D182', 'M6_D180', 'M6_CAL'] as const;
export type SixMonthWindow = (typeof SIX_MONTH_WINDOWS)[number];

const DAYS: Readonly<Record<Exclude<SixMonthWindow, 'M6_CAL'>, number>> = Object.freeze({
  M6_D183: 183,
  M6_D182: 182,
  M6_D180: 180,
});

/** Last day of the window, counted from the infusion as day 0. `M6_CAL` needs the full infusion date. */
export function windowEndDay(infusionDate: PartialDate, window: SixMonthWindow): number {
  return window === 'M6_CAL' ? daysBetween(infusionDate, addMonthsClamped(infusionDate, 6)) : DAYS[window];
}

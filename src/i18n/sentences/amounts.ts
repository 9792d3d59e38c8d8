/** Amounts and moments that stand by themselves, as a language writes them. */
import type { Cost } from '../../core/cost.ts';
import type { Speaker } from '../speaker.ts';

export const amounts = ({ say, tag }: Speaker) => ({
  /** At most four decimals. */
  cost: (cost: Cost): string => {
    const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 4 });
    const each = Object.entries(cost).map(([unit, much]) => {
      const amount = number.format(much);
      return unit === 'credits' ? say('amounts.credits', { amount }) : `${amount} ${unit}`.trim();
    });
    return new Intl.ListFormat(tag, { type: 'unit' }).format(each);
  },
  /** In UTC, where nobody knows the reader's zone. `at`: ms since 1970. */
  utc: (at: number): string =>
    new Intl.DateTimeFormat(tag, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: 'UTC',
      timeZoneName: 'short',
    }).format(at),
});

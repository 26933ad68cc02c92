import { cronValues } from './cron-field.ts';

const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Says whether a day is named. */
export type DayTest = (day: Date) => boolean;

/** Day of the month: values, "L" for the last day, "15W" for the working day nearest to the 15th, "LW". */
export function dayOfMonth(text: string): DayTest | undefined {
  if (text === 'L') return (day) => day.getUTCDate() === daysInMonth(day);
  if (text === 'LW') return (day) => day.getUTCDate() === nearestWorkingDay(day, daysInMonth(day));
  const nearest = /^([1-9]|[12]\d|3[01])W$/.exec(text);
  if (nearest) return (day) => day.getUTCDate() === nearestWorkingDay(day, Number(nearest[1]));
  const values = cronValues(text, { min: 1, max: 31 });
  return values && ((day) => values.includes(day.getUTCDate()));
}

/** Day of the week: 1 or SUN to 7 or SAT, "6L" for the month's last Friday, "2#1" for its first Monday. */
export function dayOfWeek(text: string): DayTest | undefined {
  const last = /^([1-7])L$/.exec(text);
  if (last) {
    return (day) => day.getUTCDay() + 1 === Number(last[1]) && day.getUTCDate() + 7 > daysInMonth(day);
  }
  const nth = /^([1-7]|[A-Z]{3})#([1-5])$/i.exec(text);
  if (nth) {
    const [wanted] = cronValues(nth[1] ?? '', { min: 1, max: 7, names: WEEKDAYS }) ?? [];
    return wanted === undefined
      ? undefined
      : (day) => day.getUTCDay() + 1 === wanted && Math.ceil(day.getUTCDate() / 7) === Number(nth[2]);
  }
  const values = cronValues(text === 'L' ? '7' : text, { min: 1, max: 7, names: WEEKDAYS });
  return values && ((day) => values.includes(day.getUTCDay() + 1));
}

const daysInMonth = (day: Date): number =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();

/** The working day nearest to a date, within its month. */
function nearestWorkingDay(day: Date, date: number): number {
  const length = daysInMonth(day);
  const wanted = Math.min(date, length);
  const weekday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), wanted)).getUTCDay();
  if (weekday === 6) return wanted === 1 ? 3 : wanted - 1;
  if (weekday === 0) return wanted === length ? wanted - 2 : wanted + 1;
  return wanted;
}

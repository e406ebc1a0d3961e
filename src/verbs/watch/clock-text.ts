/**
 * The local time of day, `22:36:05`; on another day than that of `startMs` with the date, as one
 * word: `2026-11-23T00:00:05`.
 *
 * @param takenAtMs milliseconds since 1970
 * @param hasFraction whether milliseconds are shown
 */
export function clockText(takenAtMs: number, startMs: number, hasFraction: boolean): string {
  const fraction = hasFraction ? `.${String(takenAtMs % 1000).padStart(3, '0')}` : '';
  const time = timeOf(new Date(takenAtMs)) + fraction;
  const day = dayOf(new Date(takenAtMs));
  return day === dayOf(new Date(startMs)) ? time : `${day}T${time}`;
}

function timeOf(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

function dayOf(date: Date): string {
  return [
    String(date.getFullYear()),
    twoDigits(date.getMonth() + 1),
    twoDigits(date.getDate()),
  ].join('-');
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

import { slotOf } from '../../../src/model/fields.ts';
import type { Mapping } from '../../../src/model/mapping.ts';

/**
 * The mapping of a line `start-end perms [offset device inode [name]]`, addresses and offset
 * in pages of 4 KiB, hexadecimal; its Rss in KiB where it has one.
 */
export function mappingOf(line: string, rssKib?: number): Mapping {
  const [range = '', perms = '', offset = '0', device = '00:00', inode = '0', ...name] =
    line.split(' ');
  const [start = 0, end = 0] = range.split('-').map((text) => Number.parseInt(text, 16) * 4096);
  const [deviceMajor = 0, deviceMinor = 0] = device.split(':').map((text) => Number(`0x${text}`));
  const values: (number | undefined)[] = [];
  if (rssKib !== undefined) values[slotOf.Rss] = rssKib;
  return {
    start,
    end,
    perms,
    offset: Number.parseInt(offset, 16) * 4096,
    deviceMajor,
    deviceMinor,
    inode,
    name: name.join(' '),
    values,
  };
}

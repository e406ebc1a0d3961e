const sizes = (keys: string, first: number) =>
  keys
    .split(' ')
    .map((key, i) => `${`${key}:`.padEnd(16)}${String(first + i).padStart(8)} kB\n`)
    .join('');

const header = (range: string, perms: string, name = '') =>
  name === ''
    ? `${range} ${perms} 00000000 00:00 0 \n`
    : `${`${range} ${perms} 00001000 08:01 ${name.length}`.padEnd(73)}${name}\n`;

const HEADERS = [
  header('00400000-00452000', 'r-xp', '/usr/bin/server'),
  header('00452000-00453000', 'rw-p'),
  header('7f1234000000-7f1234021000', 'rw-p', '/SYSV00000000 (deleted)'),
  header('7ffd00000000-7ffd00021000', 'rw-s', '[stack]'),
];

/** Small texts of smaps in the style of kernels that differ in what they print. */
export const KERNEL_FAMILIES: Readonly<Record<string, string>> = {
  '6.18': records(
    (i) => `${sizes('Size Rss Pss Pss_Dirty Swap', i)}THPeligible:    1\nVmFlags: rd wr mr \n`,
  ),
  '5.4, with tabs': records(
    (i) => `${sizes('Size Rss Pss Swap', i)}THPeligible:\t\t1\nVmFlags: rd ex \n`,
  ),
  '2.6.32': records((i) => sizes('Size Rss Pss Shared_Clean KernelPageSize', i)),
  'WSL1, with Pss alone': records((i) => sizes('Size Pss', i)),
  'with protection keys': records(
    (i) => `${sizes('Size Rss Locked', i)}ProtectionKey:         0\nVmFlags: ?? \n`,
  ),
  'Android, with names': records(
    (i) => `Name:           [anon:pool ${i}]\n${sizes('Size Rss', i)}`,
  ),
  'with keys that are new': records(
    (i) => `${sizes('Size Rss New_Size', i)}New_Count:       5\nNew_Text: a b\nVmFlags: rd\n`,
  ),
  maps: HEADERS.join(''),
};

function records(fields: (first: number) => string): string {
  return HEADERS.map((line, i) => line + fields(1000 * (i + 1))).join('');
}

import { columns } from '../columns/table.ts';
import type { LayoutCell, StreamedLayout } from './layout.ts';

/** The reports of pmap whose layout is fixed: the default, -x and -d. */
export type PmapReport = 'default' | 'extended' | 'device';

/** `classic` is procps 3.2 and 3.3 as in RHEL 6 and 7, `procps` is procps-ng 4. */
export type LayoutName = 'classic' | 'procps';

/** The names that `--layout` takes. */
export const LAYOUT_NAMES: readonly LayoutName[] = ['classic', 'procps'];

/**
 * A layout of pmap, to the byte. `addressWidth` is 16, or 8 on 32-bit systems, where pmap's
 * addresses and what stands above and below them are narrower.
 */
export function pmapLayout(
  name: LayoutName,
  report: PmapReport,
  addressWidth: number,
): StreamedLayout {
  return LAYOUTS[report][name](addressWidth);
}

type Declared = (addressWidth: number) => StreamedLayout;

const address = (width: number): LayoutCell => ({
  before: '',
  column: columns.address,
  width,
});

const LAYOUTS: Readonly<Record<PmapReport, Readonly<Record<LayoutName, Declared>>>> = {
  default: {
    classic: (width) => plain(width, { gap: '  ', alwaysShowPath: true }),
    procps: (width) => plain(width, { gap: ' ', alwaysShowPath: false }),
  },
  extended: {
    classic: (width) => ({
      ...extended(width, '  '),
      header: `${'Address'.padEnd(width)}  Kbytes     RSS   Dirty Mode   Mapping`,
      rule: `${'-'.repeat(width)}  ------  ------  ------`,
      footer: [
        'total kB ',
        { total: columns.size, width: width - 1 },
        ' ',
        { total: columns.rss, width: 7 },
        ' ',
        { total: columns.dirty, width: 7 },
      ],
    }),
    procps: (width) => ({
      ...extended(width, ' '),
      header: `${'Address'.padEnd(width)}  Kbytes     RSS   Dirty Mode  Mapping`,
      rule: `${'-'.repeat(width)} ------- ------- ------- `,
      footer: [
        `${'total kB'.padEnd(width)} `,
        { total: columns.size, width: 7 },
        ' ',
        { total: columns.rss, width: 7 },
        ' ',
        { total: columns.dirty, width: 7 },
      ],
    }),
  },
  device: { classic: device, procps: device },
};

function plain(
  width: number,
  { gap, alwaysShowPath }: { gap: string; alwaysShowPath: boolean },
): StreamedLayout {
  return {
    cells: [
      address(width),
      { before: ' ', column: columns.size, width: 6 },
      { before: 'K ', column: columns.mode },
      { before: gap, column: columns.mapping },
    ],
    footer: [' total ', { total: columns.size, width }, 'K'],
    alwaysShowPath,
  };
}

function extended(width: number, gap: string): Pick<StreamedLayout, 'cells' | 'alwaysShowPath'> {
  return {
    cells: [
      address(width),
      { before: ' ', column: columns.size, width: 7 },
      { before: ' ', column: columns.rss, width: 7 },
      { before: ' ', column: columns.dirty, width: 7 },
      { before: ' ', column: columns.mode },
      { before: gap, column: columns.mapping },
    ],
    alwaysShowPath: false,
  };
}

function device(width: number): StreamedLayout {
  return {
    header: `${'Address'.padEnd(width)}  Kbytes Mode  Offset           Device    Mapping`,
    cells: [
      address(width),
      { before: ' ', column: columns.size, width: 7 },
      { before: ' ', column: columns.mode },
      { before: ' ', column: columns.offset, width: 16 },
      { before: ' ', column: columns.deviceMajor, width: 3 },
      { before: ':', column: columns.deviceMinor, width: 5 },
      { before: ' ', column: columns.mapping },
    ],
    footer: [
      'mapped: ',
      { total: columns.size },
      'K    writeable/private: ',
      { total: columns.writeablePrivate },
      'K    shared: ',
      { total: columns.sharedSize },
      'K',
    ],
    alwaysShowPath: false,
  };
}

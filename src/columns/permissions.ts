/** pmap's form of all permissions that the kernel prints, so that none is made per row. */
const MODES: ReadonlyMap<string, string> = new Map(
  ['r', '-'].flatMap((read) =>
    ['w', '-'].flatMap((write) =>
      ['x', '-'].flatMap((execute) =>
        ['p', 's'].map((share) => {
          const perms = read + write + execute + share;
          return [perms, pmapMode(perms)] as const;
        }),
      ),
    ),
  ),
);

/** The kernel's permissions (`rw-p`, `r-xs`) as pmap writes them (`rw---`, `r-xs-`). */
export function modeOf(perms: string): string {
  return MODES.get(perms) ?? pmapMode(perms);
}

function pmapMode(perms: string): string {
  return `${perms.slice(0, 3)}${perms[3] === 's' ? 's' : '-'}-`;
}

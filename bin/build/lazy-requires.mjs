import { packageOf } from './chunks.mjs';

/** Modules of Node that are loaded before the program starts. */
const LOADED_ANYWAY = new Set(['node:fs', 'node:path', 'node:util']);

/** The statement that requires a module, and the one that adds `default` to it. */
const REQUIRE = /^(?:const|let) ([\w$]+) = require\("([^"]+)"\);\n(?:\1 = (.*)\(\1, 1\);\n)?/gm;

/**
 * Rolldown plugin: packages and Node's own modules load when one of their functions is first called, not
 * when the file that imports them loads.
 *
 * Text without colour needs no chalk; `node:zlib` and `node:tty` take 1.5 ms each. A dynamic import would
 * delay them as well, but it is asynchronous, and the functions that use them are not.
 */
export function lazyRequires() {
  return {
    name: 'lazy-requires',
    renderChunk(code, { moduleIds }, _, { chunks }) {
      if (moduleIds.some((id) => packageOf(id) !== undefined)) return null;
      const isLate = (file) =>
        file.startsWith('node:')
          ? !LOADED_ANYWAY.has(file)
          : chunks[file.replace('./', '')]?.moduleIds.some((id) => packageOf(id) !== undefined);
      const names = [];
      const late = code.replace(REQUIRE, (found, name, file, interop) => {
        if (!isLate(file)) return found;
        names.push(name);
        const value = interop ? `${interop}(require("${file}"), 1)` : `require("${file}")`;
        return `let loaded_${name};\nconst load_${name} = () => loaded_${name} ??= ${value};\n`;
      });
      return names.reduce(calling, late);
    },
  };
}

/** Replaces each use of a module's name by a call that loads the module. */
function calling(code, name) {
  const named = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
  // In parentheses: `new load().Class()` would construct `load`.
  return code.replaceAll(named, `(load_${name}())`);
}

// Loaded with --require: the program then runs on another system, as far as it can tell.
Object.defineProperty(process, 'platform', { value: 'darwin' });

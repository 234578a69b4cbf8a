import process from 'node:process';

/** For the processes that we start: PATH, and what marks those of a host (`STERNA_…`), so that whoever looks for all that belongs to it finds them too. */
export function childEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => name === 'PATH' || name.startsWith('STERNA_')));
}

/** A daemon with nothing in it, for the tests of its main. argv[2]: `fine`, `fails`, `throws-later`, `never-stops`; then its flags. */
import {runDaemon} from '../../src/daemon.ts';
import {operationError} from '../../src/operation-faults.ts';

const [, , behaviour = '', ...argv] = process.argv;

await runDaemon({
	role: 'sender',
	version: '9.9.9',
	argv,
	start: async ({log, directories, software}) => {
		if (behaviour === 'fails')
			throw operationError('ERR_HOST_UNREACHABLE', 'there is no moon', {side: 'sender', phase: 'request', runsOn: {kind: 'unknown'}});
		if (behaviour === 'throws-later') setTimeout(() => void Promise.reject(new Error('a bug')), 1);
		log.info({software, guests: directories.guests}, 'started');
		// Holds the event loop, as a socket would.
		setInterval(() => undefined, 60_000);
		return {
			stop: async () => {
				if (behaviour === 'never-stops') await new Promise(() => undefined);
				log.info('everything ended');
			},
		};
	},
});

import {pathToFileURL} from 'node:url';
import {parentPort, workerData} from 'node:worker_threads';
import type {ModuleReport, ModuleSetup, Question} from './messages.ts';

/** The thread of a policy module: loads it, and asks it what it is asked. It may stand still or end at any time; its owner sees to that. */
const port = parentPort;
if (port === null) throw new TypeError('user-policy/worker.ts is the code of a worker thread');
const {file} = workerData as ModuleSetup;
const report = (message: ModuleReport): void => {
	port.postMessage(message);
};

try {
	const {default: decide} = (await import(pathToFileURL(file).href)) as {readonly default?: unknown};
	if (typeof decide !== 'function') throw new TypeError('its default export is no function');
	port.on('message', ({number, stats, limits}: Question) => {
		try {
			report({kind: 'answer', number, answer: decide(frozen(stats), frozen(limits)) as unknown});
		} catch (error) {
			report({kind: 'fault', fault: `threw ${textOf(error)}`});
		}
	});
	report({kind: 'ready'});
} catch (error) {
	report({kind: 'fault', fault: `cannot be loaded: ${textOf(error)}`});
}

function frozen<Value extends object>(value: Value): Value {
	for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) frozen(inner as object);
	return Object.freeze(value);
}

/** Of whatever a module throws. */
function textOf(error: unknown): string {
	return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}

import {closeSync, openSync} from 'node:fs';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {mapShared, viewMemory} from '@sterna/system';

// Stands for a QEMU: maps the file of the first argument, of the second's size, and writes to the page that each line names. Says when it has.
const [file = '', bytes = '0'] = process.argv.slice(2);
const length = Number(bytes);
const fd = openSync(file, 'r+');
const memory = viewMemory(mapShared({fd, length, writable: true}), length);
console.log('ready');
for await (const line of createInterface({input: process.stdin})) {
	const at = Number(line) * 4096;
	memory[at] = (memory[at] ?? 0) + 1;
	console.log('written');
}

closeSync(fd);

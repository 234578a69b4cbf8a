/** Writes a file twice, as the journal's `go`, with the faults that its environment arms. */
import {writeDurably} from '../../src/durable-file.ts';
import {armFaults} from '../../src/faults/arm-faults.ts';

armFaults(process.env, 'sender', () => undefined);
const [, , file = ''] = process.argv;
writeDurably(file, 'first', 'source.journal-go');
writeDurably(file, 'second', 'source.journal-go');

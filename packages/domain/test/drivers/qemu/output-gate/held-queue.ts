import test from 'ava';
import {HeldQueue, isHeldQueueFilter} from '../../../../src/drivers/qemu/output-gate/held-queue.ts';
import type {QmpArguments, QmpClient} from '../../../../src/drivers/qemu/qmp/qmp-client.ts';

/** QEMU's chain of filters for one network, from the wire to the guest, with what each holds. */
class FilterChain {
	/** What has gone out. */
	readonly out: string[] = [];
	readonly #filters: Array<{readonly id: string; readonly frames: string[]}> = [];

	get ids(): string[] {
		return this.#filters.map(({id}) => id);
	}

	readonly monitor = {
		execute: async (command: string, args: unknown): Promise<unknown> => {
			if (command === 'object-add') this.#add(args as QmpArguments<'object-add'>);
			else if (command === 'object-del') this.#delete((args as QmpArguments<'object-del'>).id);
			else throw new TypeError(`a queue has no need of ${command}`);
			return {};
		},
	} as Pick<QmpClient, 'execute'>;

	say(...frames: string[]): void {
		(this.#filters.at(-1)?.frames ?? this.out).push(...frames);
	}

	#add(args: QmpArguments<'object-add'>): void {
		if (args['qom-type'] !== 'filter-buffer' || args.netdev !== 'net0' || args.queue !== 'rx')
			throw new TypeError('it would hold something else');
		if (this.ids.includes(args.id)) throw new TypeError(`there is a ${args.id} already`);
		const before = args.position === undefined ? this.#filters.length : this.ids.indexOf(args.position.replace(/^id=/, ''));
		this.#filters.splice(before, 0, {id: args.id, frames: []});
	}

	#delete(id: string): void {
		const index = this.ids.indexOf(id);
		const [filter] = this.#filters.splice(index, 1);
		(this.#filters[index - 1]?.frames ?? this.out).push(...(filter?.frames ?? []));
	}
}

test('what was said in an epoch is out when that is released, and what was said behind it is not', async t => {
	const chain = new FilterChain();
	const queue = new HeldQueue(chain.monitor, 'net0', 0, []);
	t.false(queue.holds);
	await queue.add();
	t.true(queue.holds && chain.ids.every(id => isHeldQueueFilter(id)));
	chain.say('1');
	await queue.cut(7);
	chain.say('2');
	await queue.cut(8);
	chain.say('3');
	t.is(queue.epochs, 2);
	await queue.release(6);
	t.deepEqual(chain.out, []);
	await queue.release(7);
	t.deepEqual(chain.out, ['1']);
	await queue.release(8);
	await queue.release(8);
	t.deepEqual(chain.out, ['1', '2']);
	t.is(queue.epochs, 0);
	await queue.open();
	t.deepEqual(chain.out, ['1', '2', '3']);
	t.deepEqual(chain.ids, []);
	t.false(queue.holds);
});

test('filters that hold for long are replaced, and nothing gets out or out of order by it', async t => {
	const chain = new FilterChain();
	const queue = new HeldQueue(chain.monitor, 'net0', 0, []);
	await queue.add();
	chain.say('1');
	await queue.cut(1);
	chain.say('2');
	const before = chain.ids;
	await queue.renew(0);
	t.deepEqual(chain.ids, before, 'they are young');
	await queue.renew(Infinity);
	t.false(chain.ids.some(id => before.includes(id)));
	t.deepEqual(chain.out, []);
	chain.say('3');
	await queue.release(1);
	t.deepEqual(chain.out, ['1']);
	await queue.cut(2);
	chain.say('4');
	await queue.renew(Infinity);
	await queue.release(2);
	t.deepEqual(chain.out, ['1', '2', '3']);
});

test('what an earlier daemon has held is of the epoch that is cut next, whatever it was of then', async t => {
	const chain = new FilterChain();
	const first = new HeldQueue(chain.monitor, 'net0', 0, []);
	await first.add();
	for (let epoch = 1; epoch <= 11; epoch++) {
		chain.say(`${epoch}`);
		await first.cut(epoch);
	}

	chain.say('12');
	const second = new HeldQueue(chain.monitor, 'net0', 0, [...chain.ids.toReversed(), 'held1.1']);
	t.true(second.holds);
	t.is(second.epochs, 0);
	await second.release(11);
	t.deepEqual(chain.out, []);
	await second.cut(1);
	chain.say('13');
	await second.renew(-Infinity);
	await second.release(1);
	t.deepEqual(
		chain.out,
		Array.from({length: 12}, (_, index) => `${index + 1}`),
	);
	await second.open();
	t.deepEqual(chain.ids, []);
});

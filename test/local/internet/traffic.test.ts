import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { expect, test } from '@jest/globals';
import { Clock } from '../../../local/clock/clock.ts';
import { Internet } from '../../../local/internet/internet.ts';

const clientAddress = '198.51.100.7';
const server = { address: '203.0.113.9', port: 80 };

test('bytes on their way count as work: AWS time stands until an exchange is over', async () => {
  const clock = new Clock({ startAt: new Date('2026-11-22T12:00:00Z') });
  const internet = new Internet({ clock });
  const web = createServer((_, response) => response.end('hello'));
  internet.listen(server, (connection) => web.emit('connection', connection));
  let answeredAt: Date | undefined;
  clock.after(1_000, () => {
    void internet.connect(clientAddress, server).then(async (connection) => {
      const asked = request({ createConnection: () => connection, host: 'shop.example.test' }).end();
      const [response] = await once(asked, 'response');
      await once(response.resume(), 'end');
      answeredAt = clock.now();
    });
  });

  clock.after(3_600_000, () => {});
  await clock.advance(7_200_000);

  expect(answeredAt && answeredAt.getTime() - Date.parse('2026-11-22T12:00:01Z')).toBeLessThan(1_000);
});

test('silence is no work: AWS time passes while an answer is waited for that never comes', async () => {
  const clock = new Clock({ startAt: new Date('2026-11-22T12:00:00Z') });
  const internet = new Internet({ clock });
  internet.listen(server, (connection) => connection.resume());
  const connection = await internet.connect(clientAddress, server);
  connection.write('anybody there?');

  await clock.advance(60_000);

  expect(clock.now().getTime()).toBeGreaterThanOrEqual(Date.parse('2026-11-22T12:01:00Z'));
  connection.destroy();
});

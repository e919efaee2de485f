/** The yardstick of a whole refresh: the shortest script that makes one call with client-sts. */
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';

const [, , endpoint, SerialNumber, TokenCode] = process.argv;
const client = new STSClient({
  endpoint: endpoint!,
  region: 'eu-central-1',
  credentials: {
    accessKeyId: process.env['BENCH_ACCESS_KEY_ID']!,
    secretAccessKey: process.env['BENCH_SECRET_ACCESS_KEY']!,
  },
});

void client
  .send(new GetSessionTokenCommand({ SerialNumber, TokenCode }))
  .then(({ Credentials }) => process.stdout.write(JSON.stringify(Credentials)));

import type { PlanView } from '../../domain/plans/view.ts';
import { Table } from '../parts/table.tsx';
import { money } from './money.ts';

type Line = PlanView['cost']['lines'][number];

/** What is added to the bill: whatever the traffic, and what traffic adds. */
export function Cost({ cost }: { cost: PlanView['cost'] }) {
  const { lines, currency, monthly, once, monthlyPerCapacityUnit, region, checkedAt } = cost;
  const of = (amount: number): string => money(amount, currency);
  return (
    <section class="card">
      <header>
        <h3>Cost of what is made</h3>
        <strong class="price">
          {of(monthly)} a month{once > 0 && `, ${of(once)} once`}
        </strong>
      </header>
      {lines.length > 0 && (
        <Table
          caption="Cost of what is made"
          rows={lines}
          keyOf={({ what }) => what}
          columns={[
            { title: 'What', cell: ({ what, quantity }) => (quantity === 1 ? what : `${quantity} × ${what}`) },
            { title: 'A month', isNumber: true, cell: (line) => of(line.monthly) },
            ...(once > 0
              ? [{ title: 'Once', isNumber: true, cell: (line: Line) => (line.once > 0 ? of(line.once) : '') }]
              : []),
          ]}
        />
      )}
      <p class="body small muted">
        {monthlyPerCapacityUnit > 0 && `Up to ${of(monthlyPerCapacityUnit)} a month more for each unit of traffic. `}
        Prices of {region}, checked {checkedAt}, without tax and free tier.
      </p>
    </section>
  );
}

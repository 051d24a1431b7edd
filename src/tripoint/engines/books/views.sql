-- What several recipes share.

-- Firearms sold to private buyers and recovered later: the last sale before each recovery, and the days between.
create view traced as
select d.dealer, d.buyer, d.buyer_document, d.buyer_name, d.gun, d.serial, d.day, d.row_at, r.day as recovered, r.row_at as recovered_at,
       r.holder_document, r.holder_name, r.day - d.day as days
  from recovery r join disposition d on d.gun = r.gun and d.day <= r.day and d.buyer_licence is null
qualify row_number() over (partition by r.row_at order by d.day desc, d.row_at desc) = 1;

-- Where the firearms of each dealer are: acquired, disposed of, counted in stock, and in none of them.
create view whereabouts as
with bought as (select dealer, count(*) as acquired from acquisition group by dealer),
     sold as (select dealer, count(*) as sold from disposition group by dealer),
     held as (select dealer, count(*) as held from stock group by dealer)
select coalesce(b.dealer, s.dealer) as dealer, coalesce(b.acquired, 0) as acquired, coalesce(s.sold, 0) as sold, coalesce(h.held, 0) as held
  from bought b full join sold s on s.dealer = b.dealer left join held h on h.dealer = coalesce(b.dealer, s.dealer);

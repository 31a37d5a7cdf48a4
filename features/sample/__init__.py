"""A CRM made up from a seed, by a process that is known: to try things on, to measure with, and to test against.

Three years, 2023-07-01 to 2026-06-30, of a company that sells business software, mostly in Japan. Nobody in it exists.

The process, for each lead (``sigmoid`` turns log-odds into a probability):

1. *Fit* is what the company (industry, country, size: mid-sized is best), the job title, the kind of mail address and
   the source add up to, plus noise of 0.3 that nobody sees. Leads from advertisements lose 1.6 over the three years.
2. *Interest* is standard normal; 30 % of its variance is shared by colleagues. The CRM never sees it.
3. There is a *project* with probability ``sigmoid(-1.3 + 0.85 (fit + product) + 1.7 interest)``. It starts at once
   (70 %) or in the following year. How long it takes depends on the product (medians of 18 to 200 days, log-normal),
   and decisions are pulled to the end of March and September. The deal opens a quarter to two thirds of the way.
4. *Momentum* is standard normal, drawn when the project is: how the intent changes by the time of the deal.
5. The deal is won with probability ``sigmoid(-0.45 + 0.35 fit + 0.55 interest + momentum + season - 0.5 elapsed)``:
   ``elapsed`` runs from 0 to 1 over the three years, ``season`` is up to 0.45 in March and down to -0.35 in August.
6. Leads without a project are disqualified early, tidied up after 180 silent days, or stay open for ever. Many have a
   passing interest, at times shared with their colleagues, that looks like a project for some weeks.
7. Time falls into phases (arrival, quiet, burst, quiet, exploring, evaluating, after). Each type of activity is a
   Poisson process with ``rate(type, phase) * exp(pull(type) * heat)``; ``heat`` grows with interest, in a project also
   with momentum, and has noise of its own. August and New Year are thinned out. Mail goes out at a cadence and is
   opened, clicked and answered by heat. Calls and meetings are recorded minutes to two days later, and in some of them
   the rep hears a noisy answer to a question of BANT-C. Pages visited in the days before a lead gave its name are
   linked to it, so its first activities can be older than ``created_at``.

So before the decision activities never see the outcome, only the same interest and momentum. Who knew these and the
fit exactly would still face the draws of steps 3 and 5 and the log-normal time: a perfect model is far from certain.

Two leaks are planted on purpose:

- ``leads.onboarding_plan`` is filled in once a deal is won (93 % of the won leads, 1.3 % of others), without history.
- ``contract_review`` activities took place while nine in ten of the won deals were open but were recorded after they
  were closed. Who goes by ``occurred_at`` alone learns the outcome early; who waits for ``recorded_at`` learns nothing.

``leads.nurture_track`` is honest with its ``field_history`` and gives the outcome away without it, ``form_variant`` is
noise, and all other custom fields were filled in when the lead came in.
"""

from features.sample.simulation import simulate
from features.sample.writing import write_sample

__all__ = ["simulate", "write_sample"]

"""The addresses of the desk; none is public."""

from django.urls import path

from dashboard.desk import (
    article_views,
    batch_views,
    candidate_views,
    door_views,
    draft_views,
    figure_views,
    job_views,
    queue_views,
)

app_name = "desk"

urlpatterns = [
    path("", queue_views.queue, name="queue"),
    path("login/", door_views.login, name="login"),
    path("logout/", door_views.logout, name="logout"),
    path("password/", door_views.password, name="password"),
    path("articles/add/", article_views.add, name="add"),
    path("articles/<int:pk>/", article_views.article, name="article"),
    path("articles/<int:pk>/page/", article_views.page, name="page"),
    path("articles/<int:pk>/close/", article_views.close, name="close"),
    path("articles/<int:pk>/candidates/", candidate_views.add, name="candidate-add"),
    path("candidates/<int:pk>/accept/", candidate_views.accept, name="accept"),
    path("candidates/<int:pk>/edit/", candidate_views.edit, name="candidate-edit"),
    path("candidates/<int:pk>/merge/", candidate_views.merge, name="merge"),
    path("candidates/<int:pk>/reject/", candidate_views.reject, name="reject"),
    path("candidates/<int:pk>/undo/", candidate_views.undo, name="undo"),
    path("candidates/<int:pk>/cite/", draft_views.cite, name="cite"),
    path("rows/", batch_views.batches, name="batches"),
    path("rows/figures.csv", batch_views.template, name="batch-template"),
    path("rows/export/", batch_views.export, name="export"),
    path("rows/export/<int:pk>.zip", batch_views.export_file, name="export-file"),
    path("rows/<int:pk>/", batch_views.batch, name="batch"),
    path("rows/<int:pk>/try/", batch_views.try_out, name="try-out"),
    path("rows/<int:pk>/write/", batch_views.let_in, name="let-in"),
    path("rows/<int:pk>/drop/", batch_views.give_up, name="give-up"),
    path("drafts/", draft_views.drafts, name="drafts"),
    path("drafts/alone/", draft_views.alone, name="alone"),
    path("drafts/<slug:slug>/", draft_views.draft, name="draft"),
    path("drafts/<slug:slug>/edit/", draft_views.edit, name="draft-edit"),
    path("drafts/<slug:slug>/publish/", draft_views.publish, name="publish"),
    path("drafts/<slug:slug>/remark/", draft_views.remark, name="remark"),
    path("figures/", figure_views.figures, name="figures"),
    path("figures/<slug:slug>/", figure_views.figure, name="figure"),
    path("figures/<slug:slug>/correct/", figure_views.correct, name="correct"),
    path("figures/<slug:slug>/retract/", figure_views.retract, name="retract"),
    path("jobs/", job_views.jobs, name="jobs"),
    path("jobs/<int:pk>/", job_views.job, name="job"),
    path("jobs/<int:pk>/state/", job_views.job_state, name="job-state"),
    path("jobs/<int:pk>/retry/", job_views.retry, name="retry"),
]

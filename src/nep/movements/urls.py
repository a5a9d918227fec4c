"""Addresses."""

from django.urls import path

from nep.movements.views import adopted_tasks, adoptions, coverage, drafts, evidence, programmes, steps

urlpatterns = [
    path("", programmes.programmes, name="programmes"),
    path("moi/", drafts.programme_new, name="programme_new"),
    path("<int:programme_id>/", programmes.programme, name="programme"),
    path("<int:programme_id>/nhiem-vu/", programmes.programme_tasks, name="programme_tasks"),
    path("<int:programme_id>/quy-tac/", programmes.programme_rules, name="programme_rules"),
    path("<int:programme_id>/van-ban/", programmes.programme_document, name="programme_document"),
    path("<int:programme_id>/dien-bien/", programmes.programme_timeline, name="programme_timeline"),
    path("<int:programme_id>/so/<slug:key>/", programmes.programme_figure, name="programme_figure"),
    path("<int:programme_id>/buoc/<slug:step>/", steps.programme_step, name="programme_step"),
    path("<int:programme_id>/soan/", drafts.programme_edit, name="programme_edit"),
    path("<int:programme_id>/thong-tin/", drafts.programme_head, name="programme_head"),
    path("<int:programme_id>/cap-tren/", drafts.programme_parents, name="programme_parents"),
    path("<int:programme_id>/pham-vi/", drafts.programme_scope, name="programme_scope"),
    path("<int:programme_id>/muc/<slug:kind>/moi/", drafts.programme_part_new, name="programme_part_new"),
    path("<int:programme_id>/muc/<slug:kind>/<int:part_id>/", drafts.programme_part, name="programme_part"),
    path(
        "<int:programme_id>/muc/<slug:kind>/<int:part_id>/bo/",
        drafts.programme_part_remove,
        name="programme_part_remove",
    ),
    path(
        "<int:programme_id>/muc/<slug:kind>/<int:part_id>/doi-cho/",
        drafts.programme_part_move,
        name="programme_part_move",
    ),
    path("<int:programme_id>/don-vi/", coverage.programme_units, name="programme_units"),
    path(
        "<int:programme_id>/don-vi/nhiem-vu/", coverage.programme_units_tasks, name="programme_units_tasks"
    ),
    path("<int:programme_id>/don-vi/bang/", coverage.programme_units_grid, name="programme_units_grid"),
    path("<int:programme_id>/tre-han/", coverage.programme_late, name="programme_late"),
    path("don-vi/<int:adoption_id>/", adoptions.adoption, name="adoption"),
    path("don-vi/<int:adoption_id>/chuan-bi/", adoptions.adoption_prepare, name="adoption_prepare"),
    path("don-vi/<int:adoption_id>/ban-hanh/", adoptions.adoption_issue, name="adoption_issue"),
    path("don-vi/<int:adoption_id>/thu-hoi/", adoptions.adoption_withdraw, name="adoption_withdraw"),
    path("don-vi/<int:adoption_id>/giao-xuong/", adoptions.adoption_pass, name="adoption_pass"),
    path("don-vi/<int:adoption_id>/du-thao.docx", adoptions.adoption_draft_docx, name="adoption_draft_docx"),
    path("don-vi/<int:adoption_id>/ke-hoach/", adoptions.adoption_plan, name="adoption_plan"),
    path("don-vi/<int:adoption_id>/thuc-hien-thang/", adoptions.adoption_direct, name="adoption_direct"),
    path("don-vi/<int:adoption_id>/giao-nguoi/", adopted_tasks.adoption_person, name="adoption_person"),
    path("don-vi/<int:adoption_id>/viec-rieng/", adopted_tasks.adoption_own_task, name="adoption_own_task"),
    path(
        "don-vi/<int:adoption_id>/khong-viec-rieng/",
        adopted_tasks.adoption_nothing_own,
        name="adoption_nothing_own",
    ),
    path("don-vi/<int:adoption_id>/ghi-chu/", adopted_tasks.adoption_note, name="adoption_note"),
    path(
        "don-vi/<int:adoption_id>/nhan-viec/<int:task_id>/", adopted_tasks.adoption_take, name="adoption_take"
    ),
    path(
        "don-vi/<int:adoption_id>/chi-tieu/<int:target_id>/minh-chung/",
        evidence.evidence_new_target,
        name="evidence_new_target",
    ),
    path("viec/<int:task_id>/", evidence.adopted_task, name="adopted_task"),
    path("viec/<int:task_id>/ghi/", adopted_tasks.adopted_task_words, name="adopted_task_words"),
    path("viec/<int:task_id>/bo/", adopted_tasks.adopted_task_drop, name="adopted_task_drop"),
    path("viec/<int:task_id>/minh-chung/", evidence.evidence_new, name="evidence_new"),
    path("minh-chung/", evidence.evidence_waiting, name="evidence_waiting"),
    path("minh-chung/<int:evidence_id>/", evidence.evidence, name="evidence"),
    path("minh-chung/<int:evidence_id>/nhan/", evidence.evidence_accept, name="evidence_accept"),
    path("minh-chung/<int:evidence_id>/tra-lai/", evidence.evidence_return, name="evidence_return"),
    path("minh-chung/tep/<int:file_id>/", evidence.evidence_file, name="evidence_file"),
]

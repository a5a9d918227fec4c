"""Addresses."""

from django.urls import path

from nep.movements.views import adopted_tasks, adoptions, coverage, evidence

urlpatterns = [
    path("<int:programme_id>/don-vi/", coverage.programme_units, name="programme_units"),
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
    path("don-vi/<int:adoption_id>/khong-viec-rieng/", adopted_tasks.adoption_nothing_own,
         name="adoption_nothing_own"),
    path("don-vi/<int:adoption_id>/ghi-chu/", adopted_tasks.adoption_note, name="adoption_note"),
    path("don-vi/<int:adoption_id>/nhan-viec/<int:task_id>/", adopted_tasks.adoption_take,
         name="adoption_take"),
    path("don-vi/<int:adoption_id>/chi-tieu/<int:target_id>/minh-chung/", evidence.evidence_new_target,
         name="evidence_new_target"),
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
